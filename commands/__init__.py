"""What the `denluot` command does, a module for each group of its verbs."""
