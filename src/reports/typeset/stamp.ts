/** When an assessment was made and which it is: the only date in a file. */
export interface Stamp {
  readonly assessmentId: string;
  /** ISO 8601 in UTC. */
  readonly createdAt: string;
}
