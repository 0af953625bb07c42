// The workspace as the window and the command line see it.
export { Desk, MAKING_STEPS, type DeskOptions, type NewWorkspace } from './desk.ts';
export { wholeOrNothing } from './making.ts';
export { storeSentence } from './sentences.ts';
export { updateOffice, saveProject, getProject } from './settings.ts';
export { PROJECT_WRITERS } from './writers.ts';
