"""Mail that reporting sends: to people of the installation, and to addresses that a schedule names."""
