/** Advisory locks of the database, numbers that nobody else is likely to take: "eras" in ASCII, and a counter. */
export const LOCKS = {
  /** While the schema is brought up to date. */
  migration: 0x65_72_61_73_01,
  /** While an entry is added to the audit log. */
  audit: 0x65_72_61_73_02,
  /** While the one who writes tickets is chosen. */
  ticketWriter: 0x65_72_61_73_03,
  /** While a call of a model is booked under a cap; with the assessment. */
  ledger: 0x65_72_61_73_04,
} as const;
