import tab from '@bomb.sh/tab/commander';
import type { Command } from 'commander';

/** Adds shell completion: `eras complete bash|zsh|fish|powershell` prints the script for the shell. */
export function addCompletion(program: Command): void {
  tab(program);
}
