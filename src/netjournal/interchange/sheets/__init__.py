"""Tables of contacts in and out: Google, Outlook, Thunderbird, any CSV or TSV, and sheets for spreadsheets."""
