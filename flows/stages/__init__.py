"""Each stage of the line as plain Python: it composes the rooms and knows nothing of Prefect."""
