// Memory for pages of the database, by what a connection is for.

/** Of a connection that reads. */
export const READING_CACHE_KIB = 64 * 1024;
/** Of the one that writes: what does not fit goes into the log during an action, not all at once at its commit. */
export const WRITING_CACHE_KIB = 4 * 1024;
