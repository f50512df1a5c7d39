/* Writes down what a process does to the files of one folder: LD_PRELOAD, POWER_FOLDER, POWER_LOG. Linux only.

   One entry an operation: a letter, then inode, offset (64 bit), length of data, length of path (32 bit), path, data.
   C created, W written, T cut to the offset's length, S synced, D folder synced, U unlinked, R renamed, L linked. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void note(char what, uint64_t inode, uint64_t offset, const void *data, uint32_t length, const char *path) {
  static int log = -1;
  if (log < 0) log = REAL(open)(getenv("POWER_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0600);
  uint32_t named = path ? strlen(path) : 0;
  size_t size = 25 + named + length;
  char *entry = malloc(size);
  entry[0] = what;
  memcpy(entry + 1, &inode, 8);
  memcpy(entry + 9, &offset, 8);
  memcpy(entry + 17, &length, 4);
  memcpy(entry + 21, &named, 4);
  if (named) memcpy(entry + 25, path, named);
  if (length) memcpy(entry + 25 + named, data, length);
  if (REAL(write)(log, entry, size) != (ssize_t)size) abort();
  free(entry);
}

static int ours(const char *path) {
  const char *folder = getenv("POWER_FOLDER");
  return folder && path && !strncmp(path, folder, strlen(folder));
}

/* The inode of an open file of ours, or 0; `folder` says whether it is the folder itself. */
static uint64_t inode_of(int fd, struct stat *found, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, PATH_MAX - 1);
  if (n < 0) return 0;
  path[n] = 0;
  if (!ours(path) || fstat(fd, found)) return 0;
  return found->st_ino;
}

static int opened(int fd, int was_there, const char *path, int flags) {
  struct stat found;
  char name[PATH_MAX];
  uint64_t inode = fd >= 0 ? inode_of(fd, &found, name) : 0;
  if (inode && !was_there) note('C', inode, 0, 0, 0, name);
  else if (inode && (flags & O_TRUNC)) note('T', inode, 0, 0, 0, 0);
  return fd;
}

#define OPENER(name)                                                     \
  int name(const char *path, int flags, ...) {                           \
    va_list rest;                                                        \
    va_start(rest, flags);                                               \
    mode_t mode = va_arg(rest, mode_t);                                  \
    va_end(rest);                                                        \
    if (!ours(path)) return REAL(name)(path, flags, mode);               \
    pthread_mutex_lock(&lock);                                           \
    int there = !access(path, F_OK);                                     \
    int fd = opened(REAL(name)(path, flags, mode), there, path, flags);  \
    pthread_mutex_unlock(&lock);                                         \
    return fd;                                                           \
  }
OPENER(open)
OPENER(open64)

#define OPENER_AT(name)                                                      \
  int name(int at, const char *path, int flags, ...) {                       \
    va_list rest;                                                            \
    va_start(rest, flags);                                                   \
    mode_t mode = va_arg(rest, mode_t);                                      \
    va_end(rest);                                                            \
    if (!ours(path)) return REAL(name)(at, path, flags, mode);               \
    pthread_mutex_lock(&lock);                                               \
    int there = !access(path, F_OK);                                         \
    int fd = opened(REAL(name)(at, path, flags, mode), there, path, flags);  \
    pthread_mutex_unlock(&lock);                                             \
    return fd;                                                               \
  }
OPENER_AT(openat)
OPENER_AT(openat64)

static void wrote(int fd, const void *data, ssize_t n, off64_t offset) {
  struct stat found;
  char path[PATH_MAX];
  uint64_t inode = n > 0 ? inode_of(fd, &found, path) : 0;
  if (inode) note('W', inode, offset, data, n, 0);
}

#define WRITER_AT(name, type)                                          \
  ssize_t name(int fd, const void *data, size_t n, type offset) {      \
    pthread_mutex_lock(&lock);                                         \
    ssize_t done = REAL(name)(fd, data, n, offset);                    \
    wrote(fd, data, done, offset);                                     \
    pthread_mutex_unlock(&lock);                                       \
    return done;                                                       \
  }
WRITER_AT(pwrite, off_t)
WRITER_AT(pwrite64, off64_t)

ssize_t write(int fd, const void *data, size_t n) {
  pthread_mutex_lock(&lock);
  ssize_t done = REAL(write)(fd, data, n);
  off64_t end = lseek64(fd, 0, SEEK_CUR);
  if (end >= 0) wrote(fd, data, done, end - done);
  pthread_mutex_unlock(&lock);
  return done;
}

#define CUTTER(name, type)                                             \
  int name(int fd, type length) {                                      \
    struct stat found;                                                 \
    char path[PATH_MAX];                                               \
    pthread_mutex_lock(&lock);                                         \
    int failed = REAL(name)(fd, length);                               \
    uint64_t inode = failed ? 0 : inode_of(fd, &found, path);          \
    if (inode) note('T', inode, length, 0, 0, 0);                      \
    pthread_mutex_unlock(&lock);                                       \
    return failed;                                                     \
  }
CUTTER(ftruncate, off_t)
CUTTER(ftruncate64, off64_t)

#define SYNCER(name)                                                   \
  int name(int fd) {                                                   \
    struct stat found;                                                 \
    char path[PATH_MAX];                                               \
    pthread_mutex_lock(&lock);                                         \
    int failed = REAL(name)(fd);                                       \
    uint64_t inode = failed ? 0 : inode_of(fd, &found, path);          \
    if (inode) note(S_ISDIR(found.st_mode) ? 'D' : 'S', inode, 0, 0, 0, path); \
    pthread_mutex_unlock(&lock);                                       \
    return failed;                                                     \
  }
SYNCER(fsync)
SYNCER(fdatasync)

int unlink(const char *path) {
  pthread_mutex_lock(&lock);
  int failed = REAL(unlink)(path);
  if (!failed && ours(path)) note('U', 0, 0, 0, 0, path);
  pthread_mutex_unlock(&lock);
  return failed;
}

#define NAMER(name, letter)                                            \
  int name(const char *from, const char *to) {                         \
    pthread_mutex_lock(&lock);                                         \
    int failed = REAL(name)(from, to);                                 \
    if (!failed && ours(to)) note(letter, 0, 0, to, strlen(to), from); \
    pthread_mutex_unlock(&lock);                                       \
    return failed;                                                     \
  }
NAMER(rename, 'R')
NAMER(link, 'L')

int linkat(int a, const char *from, int b, const char *to, int flags) {
  pthread_mutex_lock(&lock);
  int failed = REAL(linkat)(a, from, b, to, flags);
  if (!failed && ours(to)) note('L', 0, 0, to, strlen(to), from);
  pthread_mutex_unlock(&lock);
  return failed;
}
