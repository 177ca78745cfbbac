"""The journey of a release, from a web page to a mail."""
