/** Remembers the exit code that an action comes to. */
export type SetExitCode = (code: number) => void;
