"""The collection as a site: built as files, or served while it is written. Knows no MkDocs."""
