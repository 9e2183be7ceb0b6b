import './upwards.js';
import 'node:net';
import 'kafkajs';
import 'mongodb';
