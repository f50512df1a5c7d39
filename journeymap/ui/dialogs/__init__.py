"""The dialogs: import, export, versions. None blocks the program, none answers with a message box."""
