// breaks ledger-mongo-imports
import 'mongoose';
