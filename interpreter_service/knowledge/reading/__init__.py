"""Reading files that somebody uploaded.

All but `reader` runs in a child process that takes away its own means first. There these modules are imported as the
package `reading`, without the rest of the service, so they import each other by relative names and nothing of ours.
"""
