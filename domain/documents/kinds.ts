// Kinds of archived document: the papers that are archived, put in by domain/entities.ts.
import { openVocabulary } from '../dictionary/vocabulary.ts';

export const DOCUMENT_KINDS = openVocabulary();
