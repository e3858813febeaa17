"""The demo agency: an invented staffing agency with a past, so that everything can be tried."""
