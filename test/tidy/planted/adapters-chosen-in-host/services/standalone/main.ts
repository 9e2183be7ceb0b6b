// breaks adapters-chosen-in-host
export const later = () => import('@planledger/ledger/sqlite');
