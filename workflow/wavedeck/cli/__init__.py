"""What a consultant types; starts the workflow as a process."""
