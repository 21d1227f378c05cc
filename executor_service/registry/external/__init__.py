"""Tools from files and installed packages: imported and run only in child processes that can be killed and replaced."""
