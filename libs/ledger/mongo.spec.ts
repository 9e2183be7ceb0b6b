import { ledgerConformance } from './conformance.js';
import { mongoUnderTest } from './fixtures-mongo.js';
import { openMongoLedgers } from './mongo.js';

ledgerConformance('MongoDB', async () => {
  const mongo = mongoUnderTest();
  let ledger = await openMongoLedgers(mongo.url, mongo.database);
  return {
    ledger,
    reopen: async () => {
      await ledger.close();
      return (ledger = await openMongoLedgers(mongo.url, mongo.database));
    },
    dispose: async () => {
      await ledger.close();
      await mongo.dispose();
    },
  };
});
