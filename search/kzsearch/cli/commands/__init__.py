"""The subcommands, one idea per module."""
