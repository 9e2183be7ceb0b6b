import '@planledger/contracts/codec';
import './port.js';
