// breaks by-name-across-packages
import '../contracts/codec.js';
