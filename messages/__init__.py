"""The texts that people read: found in the code, translated in src/commonweal/locale."""
