"""Every change of the tables, one line of them: 0001_clinic, 0002_conversations, …"""
