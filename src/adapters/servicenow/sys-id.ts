/** The form of an id; what differs is no reference, and is not asked for. */
export const SYS_ID = /^[0-9a-zA-Z_-]{1,64}$/;

/** So many ids of 32 signs keep an address below what proxies take. */
export const IDS_A_REQUEST = 100;
