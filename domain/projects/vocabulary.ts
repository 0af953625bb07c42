// Settings of a service project that others read by their words.
import { vocabulary } from '../dictionary/vocabulary.ts';

/** Denominator of training coverage (domain reference 4.6). */
export const TRAINING_DENOMINATORS = vocabulary({ audience: '面向对象', invited: '受邀企业', all: '全部在册企业' });
