"""From the network to the archive: polite requests, judged answers, bytes kept as served."""
