-- The gazetteer no longer takes every surveillance for that of people: everything is tagged anew.
update feed set terms_version = terms_version + 1;
