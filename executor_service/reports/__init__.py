"""Reports as data: the catalogue and how a report is run."""
