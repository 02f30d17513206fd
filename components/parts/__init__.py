"""What components are made of and share: names, policies, tags, rules and tables. None is a component."""
