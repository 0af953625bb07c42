// Days from the visit that Alt+1, 2 and 3 set as deadline.

export const DEADLINE_DAYS = [7, 15, 30] as const;
