// Trainings: what goes beyond the plain record: audience, invitations, attendance, coverage.
export { basisOf, counts, type Counts } from './coverage.ts';
export { TRAINING_EFFECTS } from './workflow.ts';
export {
  getTraining,
  setAudience,
  invite,
  uninvite,
  trainingEnterprises,
  addAttendance,
  importSignIn,
} from './trainings.ts';
export { signInSheet, trainingSummaryFile } from './papers.ts';
export { TRAINING_WRITERS } from './writers.ts';
