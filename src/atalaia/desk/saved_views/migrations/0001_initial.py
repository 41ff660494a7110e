"""Saved views: states of lists that people named."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('page', models.CharField(max_length=60)),
                ('path', models.CharField(max_length=200)),
                ('asked', models.JSONField(default=list)),
                ('side', models.CharField(blank=True, default='', max_length=20)),
                ('market', models.CharField(blank=True, default='', max_length=2)),
                ('kept_at', models.DateTimeField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['side', 'market'], name='saved_views_side_acf654_idx')],
            },
        ),
    ]
