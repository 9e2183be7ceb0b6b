/** Fields of which the ledger's words are those of the wire's enums; those of `nature` are of two. */
const ENUMS: Readonly<Record<string, readonly string[]>> = {
  quantifier: ['QUANTIFIER'],
  commitment: ['COMMITMENT'],
  basis: ['BASIS'],
  disposal: ['DISPOSAL'],
  maturity: ['MATURITY'],
  nature: ['BUILD_NATURE', 'ITEM_NATURE'],
};

/** Keys of the catalogue under which a choice of a field may have its word; the first that is there is it. */
export function choiceKeys(field: string, value: string): string[] {
  const name = value.replaceAll(/[A-Z]/g, '_$&').replaceAll('-', '_').toUpperCase();
  const enums = (ENUMS[field] ?? []).map((each) => `ledger.value.${each}_${name}`);
  return [...enums, `department.${field}.${value}`, `ledger.code.${value}`];
}

/** The same of the name of a field: this desk's word first, where a body says it otherwise than the ledger. */
export const fieldKeys = (field: string): string[] => [
  ...[`decide.field.${field}`, `ledger.field.${field}`, `department.form.${field}`],
];
