-- The first start of compose.yaml's database: Fanfare owns its database, rules over nothing else, and has no password.
CREATE ROLE fanfare LOGIN;
CREATE DATABASE fanfare OWNER fanfare;
