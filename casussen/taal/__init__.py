"""Plain Dutch: dates, times and reachability in words."""
