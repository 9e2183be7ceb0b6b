// breaks by-name-across-packages
import '../../libs/contracts/codec.js';
