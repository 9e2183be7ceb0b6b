// breaks never-dist
import '@planledger/contracts/dist/codec.js';
