// What papers of a kind are called where they come as files: names of files say by these words what they are.

/** A paper that comes as a scan. It belongs to a row of its kind, or to the enterprise where no row is meant. */
export interface ScannedPaper<F extends string = string> {
  /** Stable, in snake_case. */
  readonly id: string;
  /** What it is called; its title begins with it. */
  readonly label: string;
  /** Words besides the label by which names of files tell it. */
  readonly words?: readonly string[];
  /** Kind of attachment that it becomes; `document` where nothing is said. */
  readonly as?: string;
  /** Field that holds its number: by it a row of the kind is found. */
  readonly number?: F;
  /** Only rows that say this are meant. */
  readonly of?: Readonly<Partial<Record<F, string>>>;
  /** Many rows of a kind have papers: without a number none of them is meant. */
  readonly byNumber?: true;
}

/** What a scan is when nothing tells more. */
export const ATTACHED_AS = 'document';
