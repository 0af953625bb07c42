// The kinds of record that make up the file of an enterprise, each defined in the file of its subject.
import { assignment } from './assignments.ts';
import { enterprise } from './enterprise.ts';
import { formerName } from './former-names.ts';
import { enterpriseTag, keyListEntry, label } from './labels.ts';
import { contact, enterpriseTeam } from './people.ts';
import { enterprisePlace } from './places.ts';
import { product } from './products.ts';
import { sensitiveReceptor } from './receptors.ts';
import { enterpriseSheet } from './sheets.ts';
import { sectionCheck, statusHistory } from './updates.ts';

export {
  assignment,
  contact,
  enterprise,
  enterprisePlace,
  enterpriseSheet,
  enterpriseTag,
  enterpriseTeam,
  formerName,
  keyListEntry,
  label,
  product,
  sectionCheck,
  sensitiveReceptor,
  statusHistory,
};

export const ENTERPRISE_ENTITIES = [
  enterprise,
  contact,
  formerName,
  product,
  enterprisePlace,
  sensitiveReceptor,
  keyListEntry,
  statusHistory,
  assignment,
  sectionCheck,
  enterpriseSheet,
  label,
  enterpriseTag,
  enterpriseTeam,
] as const;
