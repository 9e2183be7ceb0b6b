// breaks test-tools-in-tests
import 'supertest';
