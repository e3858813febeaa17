"""What every page shares: sign-in, forms, errors, headers, assets, the shell around a page."""
