/**
 * What a busy machine may add to a wait that a test bounds, milliseconds. Such bounds tell a limit that holds from one that does not (seconds
 * apart), never a fast machine from a slow one.
 */
export const SLACK_MS = 2000;
