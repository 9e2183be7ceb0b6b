// breaks project-imports
import '@nestjs/common';
