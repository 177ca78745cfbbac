"""What each source declares: one TOML a site, read strictly into a `SourceSpec`."""
