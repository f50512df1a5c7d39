"""One `.journey` file: a SQLite 3 database through SQLAlchemy Core.

Core and not the ORM: records are frozen values that a `Change` names one by one, so there is nothing for an identity map or a
unit of work to find out, and the ORM would add a tenth of a second to every start.
"""
