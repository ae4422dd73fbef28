"""A test cluster of OpenSearch nodes on this machine: `./kz cluster` (docs/opensearch.md)."""
