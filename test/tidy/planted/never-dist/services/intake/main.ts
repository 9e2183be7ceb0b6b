// breaks never-dist
import '../../libs/contracts/dist/codec.js';
