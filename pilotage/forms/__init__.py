"""Forms of the pages that several apps share."""
