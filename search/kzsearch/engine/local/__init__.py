"""The embedded engine: an index in a folder, safely kept, and answered by this process."""
