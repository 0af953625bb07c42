// What is said before looking around: who was there, when, which points (capability MH-06).

/** The opening of a visit as far as it is on record. */
export interface Opening {
  /** HH:MM */
  readonly at: string | null;
  readonly attendees: number;
  readonly points: number;
}

/** What of the opening is not on record; empty for one that is whole. */
export const openingLacks = ({ at, attendees, points }: Opening): string[] => [
  ...(at ? [] : ['时间']),
  ...(attendees > 0 ? [] : ['参加人']),
  ...(points > 0 ? [] : ['说明的要点']),
];
