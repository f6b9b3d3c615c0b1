"""Mail: addresses that it can go to, and how it is handed to a mail server, whatever it says."""
