// Catalogues that class trades (排污许可分类管理名录, 环评分类管理名录), each edition with its dates, and what they say of each enterprise.
import { catalogue, catalogueEntry } from './catalogue.ts';
import { classification } from './classification.ts';
import { exemptionRule } from './exemption-rule.ts';

export { catalogue, catalogueEntry, classification, exemptionRule };

export const CATALOGUE_ENTITIES = [catalogue, catalogueEntry, classification, exemptionRule] as const;
