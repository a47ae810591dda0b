// Saving answers while they are written.
